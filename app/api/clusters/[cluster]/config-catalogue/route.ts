import { answer } from "@/app/border/answer";
import { clusterPath } from "@/app/border/path-contracts";
import { readConfigCatalogue } from "@/server/console/read-config-catalogue";

export async function GET(
  _request: Request,
  { params }: RouteContext<"/api/clusters/[cluster]/config-catalogue">,
): Promise<Response> {
  return answer({
    contract: clusterPath,
    input: await params,
    run: readConfigCatalogue,
    door: "GET /api/clusters/[cluster]/config-catalogue",
  });
}
