import { test } from "./support/journey.ts";
import { messageGoesTheWholeWay } from "./support/message-goes-the-whole-way.ts";

test("a message goes the whole way on the bundled cluster", async ({ page, context, stage }) => {
  await messageGoesTheWholeWay({ page, context, stage });
});
