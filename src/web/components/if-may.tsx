import type { ReactNode } from "react";
import type { Right } from "#core/roles/role-words.ts";
import { account, may } from "../account.ts";
import { useObservable } from "../observable.ts";

/** What only people with one of these rights can use is not shown to the others: the server would refuse it. */
export function IfMay({ right, children }: { readonly right: Right | readonly Right[]; readonly children: ReactNode }) {
	const who = useObservable(account);
	return [right].flat().some((one) => may(who, one)) ? children : null;
}
