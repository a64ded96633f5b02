import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeJudged } from "../testing/judges.ts";
import { runKcat } from "../testing/kcat.ts";
import { BatchView } from "../wire/record-batch.ts";
import { startCluster, type TestCluster } from "./testing/start-cluster.ts";

for (const brokers of [1, 3]) judge(brokers);

function judge(brokers: number): void {
  describeJudged(`kcat on ${brokers} broker(s)`, ["kcat"], () => {
    let cluster: TestCluster;
    beforeAll(async () => {
      cluster = await startCluster({ brokers });
    });
    afterAll(() => cluster.stop());

    const kcat = async (args: readonly string[], input?: string) => {
      const finished = await runKcat(cluster.bootstrap, args, input === undefined ? {} : { stdin: input });
      expect(finished.stderr).not.toMatch(/ERROR|FAIL/);
      return finished.stdout;
    };

    /** The codecs of the batches on disk: what kcat sent is kept as it came (compression.type=producer). */
    const codecsOf = (topic: string) => {
      const bytes = readFileSync(join(cluster.directory, "broker-1", `${topic}-0`, "00000000000000000000.log"));
      const codecs = new Set<string>();
      const view = new BatchView();
      for (let at = 0; at < bytes.byteLength; at += view.point(bytes, at).sizeBytes)
        codecs.add(view.point(bytes, at).codec);
      return [...codecs];
    };

    test("lists brokers and topics", async () => {
      await kcat(["-P", "-t", "listed"], "x\n");
      const listed = await kcat(["-L"]);
      expect(listed).toContain(` ${brokers} brokers:`);
      for (const [index, address] of cluster.bootstrap.split(",").entries())
        expect(listed).toContain(`broker ${index + 1} at ${address}`);
      expect(listed).toContain('topic "listed" with 1 partitions:');
    });

    test.each(["none", "gzip", "snappy", "lz4", "zstd"])(
      "writes with %s and reads keys, headers and tombstones back",
      async (codec) => {
        const topic = `codec-${codec}`;
        const lines = Array.from({ length: 200 }, (_, id) => `key${id}:value-${id}-${"abc".repeat(20)}`).join("\n");
        await kcat(["-P", "-t", topic, "-K:", "-z", codec, "-H", "source=kcat", "-H", "codec"], `${lines}\n`);
        await kcat(["-P", "-t", topic, "-K:", "-Z", "-z", codec], "key7:\n");
        const read = await kcat(["-C", "-t", topic, "-o", "beginning", "-e", "-f", "%k|%S|%s|%h\n"]);
        const records = read.trim().split("\n");
        expect(records).toHaveLength(201);
        expect(records[3]).toBe(`key3|68|value-3-${"abc".repeat(20)}|source=kcat,codec=NULL`);
        expect(records[200]).toMatch(/^key7\|-1\|/);
        // librdkafka sends what does not shrink, such as the tombstone, as it is.
        expect(codecsOf(topic)[0]).toBe(codec);
      },
    );

    test("reads from an offset, from the end and by time", async () => {
      const topic = "positions";
      await kcat(["-P", "-t", topic], "a\nb\nc\nd\n");
      expect(await kcat(["-C", "-t", topic, "-o", "2", "-e"])).toBe("c\nd\n");
      expect(await kcat(["-C", "-t", topic, "-o", "-1", "-e"])).toBe("d\n");
      expect((await kcat(["-Q", "-t", `${topic}:0:0`])).trim()).toMatch(/offset 0$/);
      expect(await kcat(["-C", "-t", topic, "-o", "s@1", "-e"])).toBe("a\nb\nc\nd\n");
    });

    test("consumes in a group and commits", async () => {
      const topic = "grouped";
      await kcat(["-P", "-t", topic], "1\n2\n3\n");
      const group = ["-G", "kcat-group", "-c", "3", "-X", "auto.offset.reset=earliest", topic];
      expect((await kcat(group)).trim().split("\n")).toEqual(["1", "2", "3"]);
      await kcat(["-P", "-t", topic], "4\n");
      expect((await kcat(["-G", "kcat-group", "-c", "1", "-X", "auto.offset.reset=earliest", topic])).trim()).toBe("4");
    });
  });
}
