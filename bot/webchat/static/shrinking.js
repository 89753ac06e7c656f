// A small picture to look at, and the photo itself, made smaller only where the server would not take it as it is:
// evidence is best as the camera wrote it.

const MOST_BYTES = 9.5 * 1024 * 1024;
const MOST_PIXELS = 40e6;
const LONGEST_SIDE = 4000;
const PREVIEW_SIDE = 480;

export async function prepare(file, newCanvas) {
  const whole = await createImageBitmap(file);
  try {
    const preview = await drawn(whole, PREVIEW_SIDE, 0.8, newCanvas);
    const fits = file.size <= MOST_BYTES && whole.width * whole.height <= MOST_PIXELS;
    return { preview, photo: fits ? file : await drawn(whole, LONGEST_SIDE, 0.88, newCanvas) };
  } finally {
    whole.close();
  }
}

async function drawn(whole, side, quality, newCanvas) {
  const scale = Math.min(1, side / Math.max(whole.width, whole.height));
  const canvas = newCanvas(Math.max(1, Math.round(whole.width * scale)), Math.max(1, Math.round(whole.height * scale)));
  canvas.getContext("2d").drawImage(whole, 0, 0, canvas.width, canvas.height);
  if (canvas.convertToBlob) return canvas.convertToBlob({ type: "image/jpeg", quality });
  return new Promise((done, failed) => canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error("blob"))), "image/jpeg", quality));
}
