import type { Socket } from 'node:dgram';
import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';

/**
 * Binds both to one free loopback port, as a name server is. TCP goes first: the ports that hundreds of connections of
 * other tests hold are TCP's, so what TCP gets is nearly always free for UDP, and another is taken when it is not.
 */
export async function bindBoth(udp: Socket, tcp: Server): Promise<number> {
  for (let attempt = 1; ; attempt++) {
    tcp.listen(0, '127.0.0.1');
    await once(tcp, 'listening');
    const { port } = tcp.address() as AddressInfo;
    try {
      udp.bind(port, '127.0.0.1');
      await once(udp, 'listening');
      return port;
    } catch (error) {
      tcp.close();
      await once(tcp, 'close');
      if (attempt === 20) throw error;
    }
  }
}
