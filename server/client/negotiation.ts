import { ApiVersions } from "../wire/apis/api-versions.ts";
import { NONE, UNSUPPORTED_VERSION, errorName } from "../wire/errors.ts";
import type { VersionRange } from "../wire/version-range.ts";
import type { Connection } from "./connection.ts";
import { ClientError } from "./client-error.ts";

/** What ApiVersions v3+ tells a broker about its client (KIP-511); the form is the one that brokers check. */
const SOFTWARE = { clientSoftwareName: "odradek", clientSoftwareVersion: "1" } as const;

/**
 * Asks a broker which versions of each API it serves. A broker that does not know our newest ApiVersions answers with version 0, error 35
 * and its own range; the second question is then in its range (KIP-511).
 */
export async function negotiate(
  connection: Connection,
  deadlineMs: number,
): Promise<ReadonlyMap<number, VersionRange>> {
  let version = ApiVersions.validVersions.max;
  for (;;) {
    const response = await connection.send(ApiVersions, SOFTWARE, { deadlineMs, version });
    const versions = new Map(response.apiKeys.map((api) => [api.apiKey, { min: api.minVersion, max: api.maxVersion }]));
    if (response.errorCode === NONE) return versions;
    const theirs = versions.get(ApiVersions.key) ?? { min: 0, max: 0 };
    if (response.errorCode !== UNSUPPORTED_VERSION || theirs.max >= version) {
      throw new ClientError(
        "unsupported",
        `${connection.name} refused ApiVersions: ${errorName(response.errorCode)}.`,
        response.errorCode,
      );
    }
    version = theirs.max;
  }
}
