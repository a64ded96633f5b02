import * as z from "zod";
import { offsetText } from "@/lib/contracts/primitives";

/** The names in addresses. Whether there is a cluster or topic of that name the use case says. */
export const clusterPath = z.object({ cluster: z.string() });
export const topicPath = z.object({ cluster: z.string(), topic: z.string() });

/** The address of one record. */
export const recordPath = z.object({
  cluster: z.string(),
  topic: z.string(),
  partition: z.coerce.number().int().min(0),
  offset: offsetText,
});
