/** An address as Java's InetAddress holds it: 4 or 16 bytes; undefined for what is no address. IPv4 inside IPv6 becomes IPv4. */
export function addressBytes(host: string): Uint8Array | undefined {
  if (host.includes(":")) return ipv6Bytes(host.replace(/%.*$/, ""));
  return ipv4Bytes(host);
}

/** The text of 4 or 16 bytes of an address. */
export function addressText(bytes: Uint8Array): string {
  if (bytes.length !== 16) return bytes.join(".");
  const groups = Array.from(
    { length: 8 },
    (_unused, index) => ((bytes[index * 2] ?? 0) << 8) | (bytes[index * 2 + 1] ?? 0),
  );
  return groups.map((group) => group.toString(16)).join(":");
}

function ipv4Bytes(host: string): Uint8Array | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(host);
  const numbers = match?.slice(1).map(Number);
  return numbers?.every((number) => number <= 255) === true ? Uint8Array.from(numbers) : undefined;
}

function ipv6Bytes(host: string): Uint8Array | undefined {
  const lastColon = host.lastIndexOf(":");
  const tail = ipv4Bytes(host.slice(lastColon + 1));
  if (tail !== undefined && /^::(ffff:)?$/i.test(host.slice(0, lastColon + 1))) return tail;
  const sides = host.split("::");
  if (sides.length > 2) return undefined;
  const [head = [], end = []] = sides.map((side) => (side === "" ? [] : side.split(":")));
  const missing = 8 - head.length - end.length;
  if (missing < 0 || (sides.length === 1 && missing > 0)) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => "0"), ...end];
  if (!groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  return Uint8Array.from(
    groups.flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 0xff]),
  );
}
