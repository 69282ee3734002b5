// Pictures to test with, as small as they can be and yet real.
import { crc32, deflateSync } from "node:zlib";

const chunk = (name, data) => {
  const body = Buffer.concat([Buffer.from(name), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
};

/** A PNG of one colour ([red, green, blue]). */
export function png(width, height, [red, green, blue] = [200, 40, 90]) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const row = Buffer.concat([Buffer.of(0), Buffer.alloc(width * 3, Buffer.of(red, green, blue))]);
  const rows = deflateSync(Buffer.concat(Array.from({ length: height }, () => row)));
  const signature = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");
  return Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", rows), chunk("IEND", Buffer.alloc(0))]);
}

/** Gives a company a logo; returns the answer. */
export function giveLogo(company, file = png(120, 40), type = "image/png", browser = company.manager) {
  return browser.send("PUT", company.path("logo"), { raw: file, headers: { "content-type": type } });
}
