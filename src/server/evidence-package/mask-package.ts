import { buffer } from "node:stream/consumers";
import sharp from "sharp";
import type { EvidenceItemBody, EvidenceSetBody, Mask } from "#contract/evidence-set.ts";
import { packageFolders } from "#contract/evidence-package.ts";
import type { MaskedCopy, Withheld, WithheldReason } from "#contract/masked-package.ts";
import { maskPhoto, type PixelBox } from "../privacy/mask-photo.ts";
import { packContent, type PackedEvidence, type PackedFile } from "./pack-evidence.ts";

export interface MaskedEvidence {
	/** Without the originals, with their masked copies. */
	readonly files: readonly PackedFile[];
	readonly withheld: readonly Withheld[];
	readonly masked: readonly MaskedCopy[];
}

/** What may be shown to others than the authority; `set` says where faces and plates are. */
export async function maskPackage(packed: PackedEvidence, set: EvidenceSetBody | null): Promise<MaskedEvidence> {
	const files: PackedFile[] = [];
	const withheld: Withheld[] = [];
	const masked: MaskedCopy[] = [];
	for (const file of packed.files) {
		const name = originalName(file.name);
		if (name === null) {
			files.push(file);
			continue;
		}
		const copy = await copyOf(file, name, set);
		const why = typeof copy === "string" ? copy : "masked";
		withheld.push({ name, sha256: file.sha256, why });
		if (typeof copy === "string") continue;
		const packedCopy = packContent(`${packageFolders.masked}${name}`, copy.bytes);
		files.push(packedCopy);
		const { masks, filled } = copy;
		masked.push({
			...{ name: packedCopy.name, sha256: packedCopy.sha256 },
			...{ of: name, originalSha256: file.sha256 },
			...{ masks: [...masks], filled: [...filled] },
		});
	}
	return { files, withheld, masked };
}

/** Null for what is no evidence: manifests, signatures, keys. */
function originalName(name: string): string | null {
	const folder = [packageFolders.files, packageFolders.unsealed].find((each) => name.startsWith(each));
	return folder ? name.slice(folder.length) : null;
}

async function copyOf(
	file: PackedFile,
	name: string,
	set: EvidenceSetBody | null,
): Promise<
	{ readonly bytes: Buffer; readonly masks: readonly Mask[]; readonly filled: readonly PixelBox[] } | WithheldReason
> {
	if (name.endsWith(".mp4")) return "clip";
	const id = name.replace(/\.[^.]+$/, "");
	const item = set?.items.find((each) => each.id === id || each.overlay?.id === id);
	if (!item?.masks) return "nobody_looked";
	const bytes = await buffer(file.open());
	const share = item.id === id ? 1 : await photoShareOf(bytes, item);
	const copy = share === null ? null : await maskPhoto(bytes, item.masks, share);
	return copy ? { ...copy, masks: item.masks } : "unreadable";
}

/** A copy with words below has the photo at its top, at the photo's own size; null where it does not. */
async function photoShareOf(bytes: Buffer, { widthPx, heightPx }: EvidenceItemBody): Promise<number | null> {
	const { width, height } = await sharp(bytes)
		.metadata()
		.catch(() => ({ width: 0, height: 0 }));
	return widthPx === width && heightPx !== null && height >= heightPx ? heightPx / height : null;
}
