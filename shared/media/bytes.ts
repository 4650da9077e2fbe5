/** Reading numbers and words out of files. Outside of the bytes everything reads as nothing: a cut file must not throw. */

export const u8 = (bytes: Uint8Array, at: number): number => bytes[at] ?? 0
export const u16be = (bytes: Uint8Array, at: number): number => (u8(bytes, at) << 8) | u8(bytes, at + 1)
export const u16le = (bytes: Uint8Array, at: number): number => u8(bytes, at) | (u8(bytes, at + 1) << 8)
export const u24le = (bytes: Uint8Array, at: number): number => u16le(bytes, at) | (u8(bytes, at + 2) << 16)
export const u32be = (bytes: Uint8Array, at: number): number => u16be(bytes, at) * 0x10000 + u16be(bytes, at + 2)
export const u32le = (bytes: Uint8Array, at: number): number => u16le(bytes, at) + u16le(bytes, at + 2) * 0x10000
/** As far as a number is exact. */
export const u64be = (bytes: Uint8Array, at: number): number => u32be(bytes, at) * 0x1_0000_0000 + u32be(bytes, at + 4)

/** Bytes as Latin letters. */
export const letters = (bytes: Uint8Array, at: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(at, at + length))

export const startsWith = (bytes: Uint8Array, words: string, at = 0): boolean =>
  letters(bytes, at, words.length) === words
