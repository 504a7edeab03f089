import { rightsAmong } from "#core/roles/role-table.ts";
import type { Right } from "#core/roles/role-words.ts";
import type { SignedIn } from "../accounts/sessions-store.ts";
import { everySite, type VisibleSites } from "../scope/visible-sites.ts";

/** Who may look at transfers: those who review and send them, and those to whom they are sent. */
export const transferReaders = ["confirm", "transfer", "receive"] as const satisfies readonly Right[];

/** Whose list it is: the transfers of these sites, and those that were handed to this authority. */
export interface TransferReader {
	readonly sites: VisibleSites;
	readonly receiverId: string | null;
}

/** For what the program itself does. */
export const everyTransfer: TransferReader = { sites: everySite, receiverId: null };

export function transferReaderOf({ user, sites }: SignedIn): TransferReader {
	const held = rightsAmong(user.role, transferReaders);
	return {
		sites: held.some((right) => right !== "receive") ? sites : [],
		receiverId: held.includes("receive") ? user.receiverId : null,
	};
}
