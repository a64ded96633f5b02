import type { RequestOf, ResponseInput } from "../../wire/api.ts";
import type { UpdateFeatures } from "../../wire/apis/update-features.ts";
import { INVALID_REQUEST, INVALID_UPDATE_VERSION, NONE } from "../../wire/errors.ts";
import { FeatureLevelRecord } from "../../wire/records/metadata/feature-level-record.ts";
import type { Refusal } from "../refusal.ts";
import type { ControllerView } from "./broker-state.ts";
import { supportedFeatures } from "./features.ts";
import { newRecord, type Decision } from "./new-record.ts";

type Request = RequestOf<typeof UpdateFeatures>;
type Response = ResponseInput<typeof UpdateFeatures>;

/** `upgradeType` that only raises levels. */
const UPGRADE = 1;
const METADATA_VERSION = "metadata.version";

/** Decides an UpdateFeatures request (KIP-584): all updates or none. metadata.version cannot be lowered, because records of the newer form are written. */
export function updateFeatures(
  view: ControllerView,
  request: Pick<Request, "featureUpdates" | "validateOnly">,
): Decision<Response> {
  const names = request.featureUpdates.map((update) => update.feature);
  for (const update of request.featureUpdates) {
    const refused =
      names.indexOf(update.feature) === names.lastIndexOf(update.feature)
        ? refusalOf(view, update)
        : { errorCode: INVALID_REQUEST, message: `Feature ${update.feature} is named more than once.` };
    if (refused !== undefined)
      return { records: [], response: { errorCode: refused.errorCode, errorMessage: refused.message ?? null } };
  }
  const changed = request.featureUpdates.filter(
    ({ feature, maxVersionLevel }) => (view.image.features.get(feature) ?? 0) !== maxVersionLevel,
  );
  const records = changed.map(({ feature: name, maxVersionLevel: featureLevel }) =>
    newRecord(FeatureLevelRecord, { name, featureLevel }),
  );
  return {
    records: request.validateOnly ? [] : records,
    response: {
      errorCode: NONE,
      errorMessage: null,
      results: names.map((feature) => ({ feature, errorCode: NONE, errorMessage: null })),
    },
  };
}

function refusalOf(view: ControllerView, update: Request["featureUpdates"][number]): Refusal | undefined {
  const { feature, maxVersionLevel: level, upgradeType, allowDowngrade } = update;
  const refuse = (reason: string): Refusal => ({
    errorCode: INVALID_UPDATE_VERSION,
    message: `Invalid update version ${level} for feature ${feature}. ${reason}`,
  });
  const known = supportedFeatures.find(({ name }) => name === feature);
  if (known === undefined) return refuse("Controller does not support this feature.");
  if (level < known.minSupportedVersion || level > known.maxSupportedVersion)
    return refuse(
      `Local controller ${view.config.nodeId} only supports versions ${known.minSupportedVersion}-${known.maxSupportedVersion}`,
    );
  for (const broker of view.image.brokers.values()) {
    const range = broker.features.find(({ name }) => name === feature);
    const [min, max] = [range?.minSupportedVersion ?? 0, range?.maxSupportedVersion ?? 0];
    if (level < min || level > max) return refuse(`Broker ${broker.id} only supports versions ${min}-${max}`);
  }
  const present = view.image.features.get(feature) ?? 0;
  if (level >= present) return undefined;
  if (feature === METADATA_VERSION) return refuse("Can't downgrade the metadata version.");
  return upgradeType === UPGRADE && !allowDowngrade
    ? refuse(
        `Can't downgrade the version of this feature without setting the upgrade type to either safe or unsafe downgrade.`,
      )
    : undefined;
}
