/** Bytes as base64 text and back: the form in which they cross the bridge and stand in journals. */
interface NativeBase64 {
  toBase64?(): string
}
interface Engine {
  atob(text: string): string
  btoa(text: string): string
  Uint8Array: { fromBase64?(text: string): Uint8Array<ArrayBuffer> }
}
const engine = globalThis as unknown as Engine
const CHUNK = 0x8000

export function toBase64(bytes: Uint8Array): string {
  const native = (bytes as NativeBase64).toBase64
  if (native) return native.call(bytes)
  let text = ''
  for (let at = 0; at < bytes.length; at += CHUNK) text += String.fromCharCode(...bytes.subarray(at, at + CHUNK))
  return engine.btoa(text)
}

/** Throws on text that is not base64. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  if (engine.Uint8Array.fromBase64) return engine.Uint8Array.fromBase64(text)
  const raw = engine.atob(text)
  const bytes = new Uint8Array(raw.length)
  for (let at = 0; at < raw.length; at += 1) bytes[at] = raw.charCodeAt(at)
  return bytes
}
