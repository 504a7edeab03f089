import type { CameraAnswer } from "#contract/cameras-api.ts";
import { type GbIdProblem, problemOfGbId } from "#core/evidence/gb-camera-id.ts";
import {
	type AddressProblem,
	type CameraAddress,
	hiddenPassword,
	joinCameraUrl,
	keepsStoredPassword,
	problemOfAddress,
	splitCameraUrl,
} from "./camera-url.ts";

/** What is typed into the form. */
export interface CameraFields extends CameraAddress {
	readonly name: string;
	readonly edgeId: string;
	readonly transport: "tcp" | "udp";
	readonly sampleEveryMs: number;
	/** GB/T 28181; empty: it has none. */
	readonly gbId: string;
	readonly direction: string;
}

export const emptyFields: CameraFields = {
	name: "",
	edgeId: "",
	address: "",
	user: "",
	password: "",
	transport: "tcp",
	sampleEveryMs: 1000,
	gbId: "",
	direction: "",
};

/** The password field starts empty: empty means "as it is stored". */
export function fieldsOf(camera: CameraAnswer): CameraFields {
	const { name, edgeId, url, transport, sampleEveryMs, gbId, direction } = camera;
	const typed = { name, edgeId, transport, sampleEveryMs, gbId: gbId ?? "", direction: direction ?? "" };
	return { ...splitCameraUrl(url), password: "", ...typed };
}

/** Empty fields are none. */
export const evidenceFieldsOf = ({ gbId, direction }: CameraFields) => ({
	gbId: gbId.trim() === "" ? null : gbId.trim(),
	direction: direction.trim() === "" ? null : direction.trim(),
});

export function hasStoredPassword(camera: CameraAnswer | null): boolean {
	return camera !== null && splitCameraUrl(camera.url).password === hiddenPassword;
}

/** The address to send: with `***` where the stored password is to stay. */
export function urlOf(fields: CameraFields, camera: CameraAnswer | null): string {
	const keeps = fields.password === "" && fields.user !== "" && hasStoredPassword(camera);
	return joinCameraUrl(keeps ? { ...fields, password: hiddenPassword } : fields);
}

export interface FieldProblems {
	readonly name?: "errName";
	readonly edgeId?: "errEdge";
	readonly address?: AddressProblem;
	readonly password?: "errPasswordAgain";
	readonly gbId?: GbIdProblem;
	readonly direction?: "errDirection";
}

export function problemsOf(fields: CameraFields, camera: CameraAnswer | null): FieldProblems {
	const name = fields.name.trim();
	const address = problemOfAddress(fields);
	const { gbId, direction } = evidenceFieldsOf(fields);
	const wrongGbId = gbId === null ? null : problemOfGbId(gbId);
	const needsPassword =
		camera !== null &&
		hasStoredPassword(camera) &&
		fields.password === "" &&
		fields.user !== "" &&
		!keepsStoredPassword(splitCameraUrl(camera.url), fields);
	return {
		...(name === "" || name.length > 80 ? { name: "errName" } : {}),
		...(fields.edgeId === "" ? { edgeId: "errEdge" } : {}),
		...(address === null ? {} : { address }),
		...(needsPassword ? { password: "errPasswordAgain" } : {}),
		...(wrongGbId === null ? {} : { gbId: wrongGbId }),
		...(direction !== null && direction.length > 80 ? { direction: "errDirection" } : {}),
	};
}

/** A whole address that was pasted is taken apart. */
export function withAddress(fields: CameraFields, typed: string): CameraFields {
	const { address, user, password } = splitCameraUrl(typed);
	return user === "" && password === "" ? { ...fields, address: typed } : { ...fields, address, user, password };
}
