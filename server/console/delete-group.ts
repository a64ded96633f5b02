import * as z from "zod/mini";
import { deleteGroupCommand } from "../../lib/cli/groups.ts";
import { deleteGroupCode } from "../../lib/code/groups.ts";
import type { ChangePlan } from "../../lib/contracts/changes.ts";
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
import type { UseCase } from "./use-case.ts";

const changeInput = z.omit(deleteGroupInput, { fingerprint: true });
type ChangeInput = z.infer<typeof changeInput>;

/** Deleting a group without members: its offsets go with it, and come back by setting them. */
export const deleteGroupChange = defineChange<ChangeInput, { readonly group: string }>({
  kind: "delete-group",
  input: changeInput,
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

/** What deleting a group takes with it. */
export const planGroupDeletion: UseCase<ChangeInput, ChangePlan> = (context, actor, input) =>
  deleteGroupChange.planIt(context, actor, input);

/** Deletes a group as its plan said. */
export const deleteGroup: UseCase<DeleteGroupInput, { readonly group: string }> = (context, actor, input) => {
  const { fingerprint, ...change } = input;
  return deleteGroupChange.actOn(context, actor, change, { fingerprint });
};
