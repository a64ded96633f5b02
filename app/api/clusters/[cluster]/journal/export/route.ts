import * as z from "zod";
import { callUseCase, resultResponse } from "@/app/border/answer";
import { clusterPath } from "@/app/border/path-contracts";
import { journalQuery } from "@/lib/contracts/journal";
import { exportJournal } from "@/server/console/export-journal";

const contract = clusterPath.extend({ query: journalQuery, format: z.enum(["jsonl", "csv"]) });

const types = { jsonl: "application/x-ndjson; charset=utf-8", csv: "text/csv; charset=utf-8" } as const;

/** The journal as a file to keep: what the query of the list would show, all pages of it. */
export async function GET(
  request: Request,
  { params }: RouteContext<"/api/clusters/[cluster]/journal/export">,
): Promise<Response> {
  const { format = "jsonl", ...query } = Object.fromEntries(new URL(request.url).searchParams);
  const place = await params;
  const result = await callUseCase({
    contract,
    input: { ...place, query, format },
    run: exportJournal,
    door: "GET /api/clusters/[cluster]/journal/export",
  });
  if (!result.ok) return resultResponse(result);
  const kind = format === "csv" ? "csv" : "jsonl";
  const parts = result.value.parts[Symbol.iterator]();
  const encoder = new TextEncoder();
  const body = new ReadableStream({
    pull(controller) {
      const { done, value } = parts.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
  });
  const name = `journal-${place.cluster}.${kind}`;
  return new Response(body, {
    headers: {
      "content-type": types[kind],
      "content-disposition": `attachment; filename="${name}"`,
      "cache-control": "no-store",
    },
  });
}
