import * as z from "zod";
import { keyHistoryQuery, keyTableQuery } from "@/lib/contracts/keys";
import { exportFormat, messageQuery, recordQuery } from "@/lib/contracts/messages";
import { offsetText } from "@/lib/contracts/primitives";

/** The names in addresses. Whether there is a cluster or topic of that name the use case says. */
export const clusterPath = z.object({ cluster: z.string() });
export const topicPath = z.object({ cluster: z.string(), topic: z.string() });
export const groupPath = z.object({ cluster: z.string(), group: z.string() });
export const brokerPath = z.object({ cluster: z.string(), broker: z.coerce.number().int() });
export const jobPath = z.object({ cluster: z.string(), job: z.coerce.number().int() });
export const entryPath = z.object({ cluster: z.string(), entry: z.coerce.number().int() });

/** The address of one record. */
const recordPlace = z.object({
  cluster: z.string(),
  topic: z.string(),
  partition: z.coerce.number().int().min(0),
  offset: offsetText,
});
export const recordContract = recordPlace.extend({ query: recordQuery });
export const payloadPath = recordPlace.extend({ part: z.enum(["key", "value"]) });

/** Records to save in a file. */
export const exportContract = topicPath.extend({
  query: z.intersection(messageQuery, z.object({ format: exportFormat })),
});

/** The versions of one key, and the newest record of each. */
export const keyHistoryContract = topicPath.extend({ query: keyHistoryQuery });
export const keyTableContract = topicPath.extend({ query: keyTableQuery });
