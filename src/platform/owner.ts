import { stat } from "node:fs/promises";
import { InputError } from "./input-error.ts";

/**
 * What root writes into another user's folder that user cannot read: the service, which runs as that user, would not start
 * the next time. A folder that is not there yet is nobody's.
 *
 * @param about the folder's key
 * @throws InputError
 */
export async function refuseRootInOthersFolder(about: string, folder: string): Promise<void> {
	if (process.getuid?.() !== 0) return;
	const found = await stat(folder).catch(() => null);
	if (!found || found.uid === 0) return;
	throw new InputError(
		`${about}: ${folder} is of user ${found.uid}, who could not read what root writes there: run this as that user ` +
			`(setpriv --reuid=${found.uid} --regid=${found.gid} --clear-groups …, or runuser -u NAME -- …)`,
	);
}
