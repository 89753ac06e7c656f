// Decoding twelve megapixels takes a phone a second; here the page can still be touched meanwhile.
import { prepare } from "./shrinking.js";

self.onmessage = async ({ data: { turn, file } }) => {
  try {
    self.postMessage({ turn, ...(await prepare(file, (width, height) => new OffscreenCanvas(width, height))) });
  } catch {
    self.postMessage({ turn });
  }
};
