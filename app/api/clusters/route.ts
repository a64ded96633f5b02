import * as z from "zod";
import { answer } from "@/app/border/answer";
import { listClusters } from "@/server/console/list-clusters";

export function GET(): Promise<Response> {
  return answer({ contract: z.object({}), input: {}, run: listClusters, door: "GET /api/clusters" });
}
