"use server";
import { callUseCase } from "@/app/border/answer";
import {
  type DeleteGroupInput,
  deleteGroupInput,
  type RemoveMemberInput,
  removeMemberInput,
  type SetOffsets,
  type SetOffsetsInput,
  setOffsetsInput,
} from "@/lib/contracts/group-offsets";
import type { Result } from "@/lib/result";
import * as deleting from "@/server/console/delete-group";
import * as removing from "@/server/console/remove-member";
import * as setting from "@/server/console/set-offsets";

/** Sets or deletes offsets of a group, as its plan said. */
export async function setOffsets(input: SetOffsetsInput): Promise<Result<SetOffsets>> {
  return callUseCase({ contract: setOffsetsInput, input, run: setting.setOffsets, door: "action setOffsets" });
}

/** Deletes a group without members, as its plan said. */
export async function deleteGroup(input: DeleteGroupInput): Promise<Result<{ group: string }>> {
  return callUseCase({ contract: deleteGroupInput, input, run: deleting.deleteGroup, door: "action deleteGroup" });
}

/** Takes a member out of its group, as its plan said. */
export async function removeMember(input: RemoveMemberInput): Promise<Result<{ memberId: string }>> {
  return callUseCase({ contract: removeMemberInput, input, run: removing.removeMember, door: "action removeMember" });
}
