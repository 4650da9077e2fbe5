// Loaded before the server: what would listen on every address of this machine listens on loopback.
const { Server } = require('node:net')

const { listen } = Server.prototype
Server.prototype.listen = function onLoopback(...given) {
  const [first, second] = given
  if (typeof first === 'number' && typeof second !== 'string')
    return listen.call(this, first, '127.0.0.1', ...given.slice(1).filter((one) => one !== undefined))
  if (first && typeof first === 'object' && 'port' in first)
    return listen.call(this, { ...first, host: '127.0.0.1' }, ...given.slice(1))
  return listen.apply(this, given)
}
