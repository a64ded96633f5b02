import * as z from "zod";
import { answer } from "@/app/border/answer";
import { groupPath } from "@/app/border/path-contracts";
import { readNextRecord } from "@/server/console/read-next-record";

const contract = groupPath.extend({ topic: z.string(), partition: z.coerce.number().int().min(0) });

export async function GET(
  request: Request,
  { params }: RouteContext<"/api/clusters/[cluster]/groups/[group]/next">,
): Promise<Response> {
  const query = Object.fromEntries(new URL(request.url).searchParams);
  return answer({
    contract,
    input: { ...query, ...(await params) },
    run: readNextRecord,
    door: "GET /api/clusters/[cluster]/groups/[group]/next",
  });
}
