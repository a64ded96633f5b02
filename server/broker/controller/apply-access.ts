import type { MetadataRecord } from "../../wire/records/metadata/table.ts";
import type { MutableChanges } from "./changes.ts";
import { quotaKey, scramKey, type MutableImage } from "./image.ts";

/** The records of quotas, credentials, access control entries and delegation tokens. */
export type AccessRecord = Extract<
  MetadataRecord,
  {
    readonly name:
      | "ClientQuotaRecord"
      | "UserScramCredentialRecord"
      | "RemoveUserScramCredentialRecord"
      | "AccessControlEntryRecord"
      | "RemoveAccessControlEntryRecord"
      | "DelegationTokenRecord"
      | "RemoveDelegationTokenRecord";
  }
>;
type QuotaValue = Extract<AccessRecord, { readonly name: "ClientQuotaRecord" }>["value"];

/** Applies a record of access; see `apply`. */
export function applyAccess(image: MutableImage, record: AccessRecord, changes: MutableChanges): void {
  switch (record.name) {
    case "ClientQuotaRecord":
      changes.clientQuotas = true;
      return setQuota(image, record.value);
    case "UserScramCredentialRecord": {
      const { name: user, mechanism, salt, storedKey, serverKey, iterations } = record.value;
      // Copies: decoded bytes are views of the whole batch.
      const credential = {
        user,
        mechanism,
        salt: copy(salt),
        storedKey: copy(storedKey),
        serverKey: copy(serverKey),
        iterations,
      };
      image.scramCredentials.set(scramKey(mechanism, user), credential);
      changes.scramCredentials = true;
      return;
    }
    case "RemoveUserScramCredentialRecord":
      image.scramCredentials.delete(scramKey(record.value.mechanism, record.value.name));
      changes.scramCredentials = true;
      return;
    case "AccessControlEntryRecord":
      image.acls.set(record.value.id, record.value);
      changes.acls = true;
      return;
    case "RemoveAccessControlEntryRecord":
      image.acls.delete(record.value.id);
      changes.acls = true;
      return;
    case "DelegationTokenRecord": {
      const { tokenId, owner, requester, renewers } = record.value;
      const {
        issueTimestamp: issueTimestampMs,
        maxTimestamp: maxTimestampMs,
        expirationTimestamp: expirationTimestampMs,
      } = record.value;
      image.delegationTokens.set(tokenId, {
        tokenId,
        owner,
        requester,
        renewers,
        issueTimestampMs,
        maxTimestampMs,
        expirationTimestampMs,
      });
      changes.delegationTokens = true;
      return;
    }
    case "RemoveDelegationTokenRecord":
      image.delegationTokens.delete(record.value.tokenId);
      changes.delegationTokens = true;
  }
}

function setQuota(image: MutableImage, value: QuotaValue): void {
  const entity = value.entity.map(({ entityType: type, entityName: name }) => ({ type, name }));
  const key = quotaKey(entity);
  const limits = new Map(image.clientQuotas.get(key)?.limits ?? []);
  if (value.remove) limits.delete(value.key);
  else limits.set(value.key, value.value);
  if (limits.size === 0) image.clientQuotas.delete(key);
  else image.clientQuotas.set(key, { entity, limits });
}

function copy(bytes: Uint8Array): Uint8Array {
  return Uint8Array.from(bytes);
}
