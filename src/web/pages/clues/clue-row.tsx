import { Link } from "wouter";
import type { TransferAnswer } from "#contract/transfers-api.ts";
import { TransferRowWords } from "../transfers/transfer-row-words.tsx";

/** A clue in a list, which leads to its page. */
export function ClueRow({ transfer }: { readonly transfer: TransferAnswer }) {
	return (
		<Link href={`/clues/${transfer.number}`}>
			<TransferRowWords transfer={transfer} asReceiver />
		</Link>
	);
}
