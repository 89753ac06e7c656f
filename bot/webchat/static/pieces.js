// Words that are longer than one message may be, as several: cut behind a line or a sentence where there is one.

/** The pieces in order, each of at most `longest` characters; none is empty. */
export function inPieces(text, longest) {
  const pieces = [];
  let rest = text.trim();
  while (rest.length > longest) {
    const head = rest.slice(0, longest);
    const ends = [head.lastIndexOf("\n"), ...[..."。！？!?；;"].map((sign) => head.lastIndexOf(sign))].map((at) => at + 1);
    let end = Math.max(...ends);
    if (end < longest / 2) end = longest;
    const code = rest.charCodeAt(end - 1);
    if (code >= 0xd800 && code <= 0xdbff) end -= 1; // not through the middle of a sign
    pieces.push(rest.slice(0, end).trim());
    rest = rest.slice(end).trim();
  }
  if (rest) pieces.push(rest);
  return pieces.filter(Boolean);
}

/** Whether there is anything in the words that can be seen. */
export function isSeen(text) {
  return /[^\s\u0000-\u001f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/.test(text);
}
