/**
 * Loaded before a program that has Microsoft's addresses built in: leads its connections to the servers that
 * CONFORMANCE_ROUTES names ({"host:port": port of this machine}), and lets no other leave this machine. TLS is left as
 * it is: the program checks the certificate for the name that it meant.
 */
const { Socket } = require('node:net');

const routes = JSON.parse(process.env.CONFORMANCE_ROUTES ?? '{}');
const connect = Socket.prototype.connect;

Socket.prototype.connect = function (...args) {
  const options = Array.isArray(args[0]) ? args[0][0] : args[0];
  const host = options?.host;
  if (typeof host === 'string' && !['127.0.0.1', 'localhost'].includes(host)) {
    const port = routes[`${host}:${options.port}`];
    if (port === undefined) {
      process.nextTick(() => this.destroy(new Error(`No connection to ${host} in this test.`)));
      return this;
    }
    Object.assign(options, { host: '127.0.0.1', port });
  }
  return connect.apply(this, args);
};
