import { recordedContentsSchema } from "#contract/alert-record.ts";
import { contentsName, packageFolders, sumsName } from "#contract/evidence-package.ts";
import { readManifest } from "#contract/read-manifest.ts";
import { sha256Of } from "#platform/digest.ts";
import { InputError } from "#platform/input-error.ts";
import { readPublicKey } from "#platform/signing-key.ts";
import type { Foreign, VerifiedPackage } from "./foreign.ts";

const mostTextBytes = 2_000_000;

/** What lies in the package, all of one alert. @throws InputError */
export async function readForeign(files: VerifiedPackage): Promise<Foreign> {
	const refuse = (why: string) => new InputError(`${files.place}: cannot be taken in: ${why}`);
	const text = async (name: string) => (await files.read(name, mostTextBytes))?.toString("utf8") ?? "";
	if (!files.names.includes(contentsName)) throw refuse(`it has no ${contentsName}`);
	const contents = recordedContentsSchema.safeParse(jsonOf(await text(contentsName)));
	if (!contents.success) {
		throw refuse("it does not tell all of its alert, as packages with originals of this Keepclear and newer ones do");
	}
	const { record } = contents.data;
	const manifests: Foreign["manifests"][number][] = [];
	for (const name of files.names.filter((each) => /^manifests\/.+\.json$/.test(each))) {
		const said = await text(name);
		const manifest = readManifest(said);
		const signature = await files.read(name.replace(/\.json$/, ".sig"), 64);
		if (!manifest || !signature) throw refuse(`${name} cannot be read`);
		manifests.push({ manifest, text: said, signature });
	}
	const keys = new Map<string, string>();
	for (const name of files.names.filter((each) => each.startsWith(packageFolders.keys))) {
		const pem = await text(name);
		const key = readPublicKey(pem);
		if (key) keys.set(key.id, pem);
	}
	const [first] = manifests;
	const { edgeId } = first?.manifest ?? {};
	const isOne = ({ manifest }: (typeof manifests)[number]) =>
		manifest.edgeId === edgeId && manifest.alertId === record.id && manifest.siteId === record.siteId;
	if (!edgeId || !manifests.every(isOne))
		throw refuse(`its manifests are not all of alert ${record.id} and of one edge`);
	const told = new Set(record.evidence.map(({ id }) => id));
	const named = manifests.flatMap(({ manifest }) => manifest.files);
	const sealed = named.filter(({ name }) => files.names.includes(packageFolders.files + name));
	const untold = sealed.find(({ id }) => !told.has(id));
	if (untold) throw refuse(`${contentsName} does not say what ${untold.name} is`);
	const lacking = manifests.find(({ manifest }) => !keys.has(manifest.keyId));
	if (lacking) throw refuse(`the key ${lacking.manifest.keyId} that it was signed with is not in it`);
	return { record, edgeId, manifests, sealed, keys, sums: sha256Of(await text(sumsName)) };
}

function jsonOf(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}
