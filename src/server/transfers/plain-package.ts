import { createReadStream } from "node:fs";
import { contentsName, packageFormat, sumsName, writeSums } from "#contract/evidence-package.ts";
import { packContent, packEvidence, type PackedFile } from "../evidence-package/pack-evidence.ts";
import { verifyText } from "../evidence-package/verify-text.ts";
import { edgeOfAlert } from "../evidence/evidence-store.ts";
import type { ServerParts } from "../server-parts.ts";
import type { TransferFacts } from "./transfer-facts.ts";

/** Makes the files of a transfer's package, SHA256SUMS among them, of its facts and the evidence on the disk. */
export type ComposePackage = (
	parts: Pick<ServerParts, "store" | "config">,
	facts: TransferFacts,
) => Promise<readonly PackedFile[]>;

/** Without letter and tables: the sealed evidence, the lane's marking, and the facts as they are. */
export const composePlainPackage: ComposePackage = async ({ store, config }, facts) => {
	const { alert, number, receiver, markings } = facts;
	const edgeId = edgeOfAlert(store, alert.id) ?? "";
	const packed = await packEvidence(store, config.dataFolder, { id: alert.id, edgeId });
	const { id, siteId, laneId, laneName, cameraId, cameraName } = alert;
	const contents = {
		...{ format: packageFormat, v: 1, notice: "线索，待审核", number, receiver },
		alert: { id, siteId, laneId, laneName, cameraId, cameraName },
		manifests: packed.manifests.map(({ name }) => `${name}.json`),
		...{ missing: packed.missing, unsealed: packed.unsealed },
	};
	const files = [
		...packed.files,
		...markings.map(({ kind, file, bytes, sha256 }): PackedFile => {
			return { name: `markings/${kind}.jpg`, bytes, sha256, open: () => createReadStream(file) };
		}),
		packContent(contentsName, `${JSON.stringify(contents, null, "\t")}\n`),
		packContent("VERIFY.txt", verifyText(packed.manifests)),
	];
	return [...files, packContent(sumsName, writeSums(files))];
};
