import { ApiVersions } from "../../wire/apis/api-versions.ts";
import { INVALID_REQUEST, NONE, UNSUPPORTED_VERSION } from "../../wire/errors.ts";
import { encodeResponseFrame } from "../../wire/frame.ts";
import type { Context } from "./context.ts";
import { handler, type Handler, type HandlerTable } from "./handler.ts";

/** Feature levels that a node knows and those that the cluster has finalised (KIP-584). */
export type FeatureLevels = {
  readonly supported: readonly { readonly name: string; readonly minVersion: number; readonly maxVersion: number }[];
  readonly finalized: readonly {
    readonly name: string;
    readonly minVersionLevel: number;
    readonly maxVersionLevel: number;
  }[];
  /** Offset of the metadata the finalised levels were read at; clients ignore them when it is negative. */
  readonly finalizedEpoch: number;
};

/** What KIP-511 lets a client call its library. */
const SOFTWARE_NAME = /^[a-zA-Z0-9](?:[a-zA-Z0-9\-.]*[a-zA-Z0-9])?$/;

/** Serves ApiVersions for a node: its ranges come from the node's own table of handlers. */
export function apiVersionsHandler<Services>(
  table: () => HandlerTable<Services>,
  features: (context: Context<Services>) => FeatureLevels,
): Handler<Services> {
  let apiKeys: readonly { apiKey: number; minVersion: number; maxVersion: number }[] | undefined;
  return handler(ApiVersions, (request, context: Context<Services>, reply) => {
    const { clientSoftwareName, clientSoftwareVersion } = request;
    if (context.apiVersion >= 3) {
      if (!SOFTWARE_NAME.test(clientSoftwareName) || !SOFTWARE_NAME.test(clientSoftwareVersion))
        return reply({ errorCode: INVALID_REQUEST });
      context.noteClientSoftware(clientSoftwareName, clientSoftwareVersion);
    }
    apiKeys ??= advertised(table());
    const { supported, finalized, finalizedEpoch } = features(context);
    reply({
      errorCode: NONE,
      apiKeys,
      // Version 3 cannot say "from level 0" (KAFKA-17492).
      supportedFeatures: supported.filter((feature) => context.apiVersion >= 4 || feature.minVersion > 0),
      finalizedFeaturesEpoch: finalizedEpoch,
      finalizedFeatures: finalized,
    });
  });
}

/** The frame for a version of ApiVersions above ours: a version 0 response that names our range, so that the client can ask again (KIP-511). */
export function unsupportedApiVersionsResponse(correlationId: number): Uint8Array[] {
  const { min, max } = ApiVersions.advertisedVersions;
  return encodeResponseFrame(ApiVersions, 0, correlationId, {
    errorCode: UNSUPPORTED_VERSION,
    apiKeys: [{ apiKey: ApiVersions.key, minVersion: min, maxVersion: max }],
  });
}

function advertised<Services>(
  table: HandlerTable<Services>,
): { apiKey: number; minVersion: number; maxVersion: number }[] {
  return [...table.values()]
    .map(({ api }) => ({
      apiKey: api.key,
      minVersion: api.advertisedVersions.min,
      maxVersion: api.advertisedVersions.max,
    }))
    .sort((a, b) => a.apiKey - b.apiKey);
}
