// One JSON request a line in, one JSON answer a line out: wechat-crypto does the work.
'use strict';
const readline = require('readline');
const WXBizMsgCrypt = require('wechat-crypto');

readline.createInterface({ input: process.stdin }).on('line', (line) => {
  let answer;
  try {
    const ask = JSON.parse(line);
    const crypt = new WXBizMsgCrypt(ask.token, ask.key, ask.id);
    switch (ask.act) {
      case 'sign':
        answer = { signature: crypt.getSignature(ask.timestamp, ask.nonce, ask.encrypt) };
        break;
      case 'seal':
        answer = { encrypt: crypt.encrypt(ask.message) };
        break;
      case 'open':
        answer = crypt.decrypt(ask.encrypt);
        break;
      default:
        throw new Error('unknown act');
    }
  } catch (error) {
    answer = { error: String(error && error.message) };
  }
  process.stdout.write(JSON.stringify(answer) + '\n');
});
