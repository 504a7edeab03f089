import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { EntryAnswer, TransferAnswer } from "#contract/transfers-api.ts";
import { account, may } from "../../account.ts";
import { packageUrl } from "../../api/clues-api.ts";
import { Icon } from "../../components/icon.tsx";
import { currentLanguage } from "../../i18n/i18n.ts";
import { useObservable } from "../../observable.ts";
import { formatInstant } from "../../time/format-time.ts";
import { ClockList } from "./clock-list.tsx";
import { EntryDialog } from "./entry-dialog.tsx";

interface TransferCardProps {
	readonly transfer: TransferAnswer;
	readonly onTransfer: (transfer: TransferAnswer) => void;
}

/** One transfer: number, receiver, package, what the receiver let us know, and its time limits. */
export function TransferCard({ transfer, onTransfer }: TransferCardProps) {
	const { t } = useTranslation();
	const who = useObservable(account);
	const mayWrite = may(who, "transfer") || may(who, "receive");
	const [asked, setAsked] = useState<{ readonly corrects: EntryAnswer | null } | null>(null);
	const { number, receiver, state, by, at, files, entries, note, isDeleted } = transfer;
	return (
		<div className="transfer-card" data-testid="transfer" data-number={number} data-state={state}>
			<dl className="facts">
				<div>
					<dt>{t("transfer.number")}</dt>
					<dd>
						<strong className="code">{number}</strong>{" "}
						<span className={`tag tag-${state}`}>{t(`transfer.state_${state}`)}</span>
					</dd>
				</div>
				<div>
					<dt>{t("transfer.receiver")}</dt>
					<dd>
						{receiver.name} · {t(`transfer.kind_${receiver.kind}`)}
						{receiver.contact && <span className="soft"> · {receiver.contact}</span>}
					</dd>
				</div>
				<div>
					<dt>{t("transfer.by")}</dt>
					<dd>
						{by} · <span className="digits">{formatInstant(at, currentLanguage())}</span>
						{note && <span className="soft"> · {note}</span>}
					</dd>
				</div>
				<div>
					<dt>{t("transfer.files")}</dt>
					<dd>
						{isDeleted ? t("transfer.deleted") : t("transfer.filesCount", { count: files })}
						{mayWrite && !isDeleted && (
							<a className="button small" href={packageUrl(number)} download={`${number}.zip`} data-testid="package">
								<Icon name="download" size={16} />
								{t("transfer.package")}
							</a>
						)}
					</dd>
				</div>
			</dl>
			<div>
				<div className="section-head">
					<h4>{t("transfer.entries")}</h4>
					{mayWrite && (
						<button
							type="button"
							className="button small"
							data-testid="add-entry"
							onClick={() => setAsked({ corrects: null })}
						>
							<Icon name="plus" size={16} />
							{t("transfer.add")}
						</button>
					)}
				</div>
				{entries.length === 0 && <p className="soft">{t("transfer.noEntries")}</p>}
				<ol className="transfer-entries">
					{entries.map((entry) => (
						<EntryLine
							key={entry.id}
							entry={entry}
							{...(mayWrite ? { onCorrect: () => setAsked({ corrects: entry }) } : {})}
						/>
					))}
				</ol>
			</div>
			<ClockList transfer={transfer} />
			{asked && (
				<EntryDialog
					transfer={transfer}
					corrects={asked.corrects}
					onTransfer={onTransfer}
					onClose={() => setAsked(null)}
				/>
			)}
		</div>
	);
}

function EntryLine({ entry, onCorrect }: { readonly entry: EntryAnswer; readonly onCorrect?: () => void }) {
	const { t } = useTranslation();
	const { kind, on, person, reference, reason, note, by, at, correctedBy } = entry;
	const words = [t(`transfer.entry_${kind}`), person, reference, reason && t(`review.reason_${reason}`), note]
		.filter(Boolean)
		.join(" · ");
	return (
		<li data-testid="entry" data-kind={kind}>
			<p>
				<span className="digits">{on}</span> {correctedBy === null ? <strong>{words}</strong> : <s>{words}</s>}
				{correctedBy !== null && <span className="tag">{t("transfer.corrected")}</span>}
				<span className="soft digits">{t("review.saidBy", { by, time: formatInstant(at, currentLanguage()) })}</span>
			</p>
			{onCorrect && correctedBy === null && kind !== "withdrawn" && (
				<button type="button" className="button small quiet" data-testid="correct-entry" onClick={onCorrect}>
					{t("transfer.correct")}
				</button>
			)}
		</li>
	);
}
