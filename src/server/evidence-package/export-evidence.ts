import { contentsName, packageFormat, sumsName, writeSums } from "#contract/evidence-package.ts";
import type { AlertAnswer } from "#contract/alerts-api.ts";
import type { ExportQuery } from "#contract/seal-api.ts";
import { may } from "#core/roles/role-table.ts";
import type { SignedIn } from "../accounts/sessions-store.ts";
import { requireAlert } from "../alerts/alerts-actions.ts";
import { edgeOfAlert } from "../edges/own-ids.ts";
import { ApiError } from "../http/api-error.ts";
import { appendToLedger } from "../ledger/ledger-store.ts";
import type { ServerParts } from "../server-parts.ts";
import { absentFilesOf } from "./absent-files.ts";
import { type MaskedEvidence, maskPackage } from "./mask-package.ts";
import { packContent, type PackedEvidence, type PackedFile, packEvidence } from "./pack-evidence.ts";
import { recordOf } from "./record-of.ts";
import { verifyText } from "./verify-text.ts";

/**
 * One alert's evidence as a package that `keepclear verify` takes: for the authority the originals, for all others copies
 * in which faces and other vehicles' plates are masked. That it goes out, to whom and why, stands in the ledger before its
 * first byte is sent; a download that breaks off is an export all the same.
 *
 * @throws ApiError 403; 404; 409 not_sealed, damaged
 */
export async function exportEvidence(
	{ store, config, now }: Pick<ServerParts, "store" | "config" | "now">,
	alertId: string,
	{ reason, for: receiver }: ExportQuery,
	{ user }: SignedIn,
): Promise<readonly PackedFile[]> {
	if (receiver === "authority" && !may(user.role, "transfer")) {
		throw new ApiError(403, "not_allowed", "Only who may hand a clue to an authority may give out the originals.");
	}
	const alert = requireAlert(store, alertId);
	const edgeId = edgeOfAlert(store, alertId) ?? "";
	const packed = await packEvidence(store, config.dataFolder, { id: alertId, edgeId });
	const masking = receiver === "others" ? await maskPackage(packed, alert.evidenceSet) : null;
	const at = now();
	const contents = contentsOf(alert, packed, { at, by: user.name, reason, for: receiver }, masking);
	const files = [
		...(masking ?? packed).files,
		packContent(contentsName, contents),
		packContent("VERIFY.txt", verifyText(packed, masking !== null)),
	];
	const sums = packContent(sumsName, writeSums(files));
	store.transaction(() => {
		const who = { kind: "user", id: user.id } as const;
		const detail = {
			for: receiver,
			files: files.map(({ name, sha256 }) => ({ name, sha256 })),
			...(masking ? { masked: masking.masked.map(({ name, masks }) => ({ name, masks })) } : {}),
			sums: sums.sha256,
		};
		appendToLedger(store, {
			at,
			who,
			what: "exported",
			on: { kind: "alert", id: alertId },
			alertId,
			why: reason,
			detail,
		});
	})();
	return [...files, sums];
}

/** For people and programs that want to know what they hold. What counts is signed, in the manifests. */
function contentsOf(
	alert: AlertAnswer,
	packed: PackedEvidence,
	exported: ExportQuery & { readonly at: number; readonly by: string },
	masking: MaskedEvidence | null,
): string {
	const { id, siteId, laneId, laneName, cameraId, cameraName } = alert;
	const contents = {
		format: packageFormat,
		v: 1,
		alert: { id, siteId, laneId, laneName, cameraId, cameraName },
		exported: { ...exported, at: new Date(exported.at).toISOString() },
		manifests: packed.manifests.map(({ name }) => `${name}.json`),
		absent: absentFilesOf(packed, alert.evidenceSet),
		unsealed: masking ? [] : packed.unsealed,
		...(masking ? { withheld: masking.withheld, masked: masking.masked } : { record: recordOf(alert) }),
	};
	return `${JSON.stringify(contents, null, "\t")}\n`;
}
