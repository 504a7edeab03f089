import { useTranslation } from "react-i18next";
import type { TransferAnswer } from "#contract/transfers-api.ts";
import { currentLanguage } from "../../i18n/i18n.ts";
import { formatInstant } from "../../time/format-time.ts";
import { ClockWords, nextClockOf } from "./clock-list.tsx";

interface TransferRowWordsProps {
	readonly transfer: TransferAnswer;
	/** The other side's name is of interest to who sends, not to who receives. */
	readonly asReceiver?: boolean;
}

/** One transfer in a list: number, place, plate in part, where it stands, and what runs out next. */
export function TransferRowWords({ transfer, asReceiver = false }: TransferRowWordsProps) {
	const { t } = useTranslation();
	const { number, laneName, cause, maskedPlate, receiver, state, at } = transfer;
	const next = nextClockOf(transfer);
	return (
		<>
			<span className="transfer-number">
				<strong className="code">{number}</strong>
				<span className="soft digits">{formatInstant(at, currentLanguage())}</span>
			</span>
			<span className="transfer-place">
				<strong>{laneName}</strong>
				{!asReceiver && <span className="soft">{receiver.name}</span>}
			</span>
			<span className="code transfer-plate">{maskedPlate ?? (cause === "object" ? t("transfer.goods") : "—")}</span>
			<span className={`tag tag-${state}`}>{t(asReceiver ? `inbox.state_${state}` : `transfer.state_${state}`)}</span>
			<span className={`transfer-clock clock-${next?.state ?? "kept"}`}>
				{next ? (
					<>
						<span className="soft">{t(`transfer.clock_${next.name}`)}</span>
						<ClockWords clock={next} />
					</>
				) : (
					<span className="soft">{t("transfer.noClock")}</span>
				)}
			</span>
		</>
	);
}
