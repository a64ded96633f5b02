import { deleteGroupCommand } from "../../lib/cli/groups.ts";
import { deleteGroupCode } from "../../lib/code/groups.ts";
import { type DeleteGroupInput, deleteGroupInput } from "../../lib/contracts/group-offsets.ts";
import { formatNumberOf } from "../../lib/format.ts";
import { problem } from "../../lib/problem.ts";
import { fail, succeed } from "../../lib/result.ts";
import { deleteGroup as askToDelete } from "../client/admin/delete-groups.ts";
import { defineChange } from "./change.ts";
import { activeProblem, groupAttempt, groupStanding, memberNames } from "./group-standing.ts";
import { samplerOf } from "./sampled.ts";
import { offsetFacts, wayBack } from "./set-offsets.ts";
import { kafkaProblem } from "./to-problem.ts";

/** Deleting a group without members: its offsets go with it, and come back by setting them. */
export const deleteGroupChange = defineChange<DeleteGroupInput, { readonly group: string }>({
  kind: "delete-group",
  input: deleteGroupInput,
  verb: () => "Delete group",
  failed: ({ group }) => `Group ${group} was not deleted`,
  target: ({ group }) => ({ type: "group", name: group }),
  cli: ({ group }, bootstrap) => deleteGroupCommand(bootstrap, group),
  code: ({ group }, bootstrap) => deleteGroupCode(bootstrap, group),
  async plan({ cluster }, { group }, title) {
    const found = await groupStanding(cluster, group, title);
    if (!found.ok) return found;
    const { description, offsets } = found.value;
    const { members } = description;
    const forgotten = `${formatNumberOf(offsets.size, "committed offset")} ${offsets.size === 1 ? "is" : "are"} forgotten. Consumers of this group would begin where auto.offset.reset says.`;
    const active = `${formatNumberOf(members.length, "member is", "members are")} active; Kafka refuses until they stop: ${memberNames(members)}.`;
    return succeed({
      before: offsetFacts(found.value),
      after: {},
      impact: [
        ...(members.length > 0 ? [{ severity: "critical" as const, text: active }] : []),
        { severity: offsets.size === 0 ? "info" : "warning", text: forgotten },
      ],
      problems: [],
    });
  },
  async act(scope, { group }, title) {
    const { cluster } = scope;
    const found = await groupStanding(cluster, group, title);
    if (!found.ok) return found;
    const { description, offsets } = found.value;
    if (description.members.length > 0) return fail(activeProblem(group, description.members, title));
    const errorCode = await askToDelete(cluster.client, group);
    samplerOf(scope).sweepNow();
    if (errorCode === GROUP_ID_NOT_FOUND)
      return fail(problem({ code: "group-not-found", title, detail: `There is no group ${group}.` }));
    if (errorCode !== 0) return fail(kafkaProblem(errorCode, null, groupAttempt(cluster, group, title, "Delete")));
    const summary = `${formatNumberOf(offsets.size, "offset")} forgotten`;
    return succeed({ value: { group }, before: offsetFacts(found.value), after: {}, summary });
  },
  revert: ({ before }, { cluster, group }) => wayBack(before, { cluster, group }),
});

const GROUP_ID_NOT_FOUND = 69;
