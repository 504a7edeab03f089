import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { type RejectReason, rejectReasons } from "#core/review/review-words.ts";
import { Field } from "../../components/field.tsx";

export interface Verdict<V extends string> {
	readonly verdict: V | null;
	readonly reason: RejectReason | null;
	readonly note: string;
}

interface VerdictFieldsProps<V extends string> {
	readonly step: "confirmation" | "approval";
	readonly verdicts: readonly V[];
	readonly value: Verdict<V>;
	readonly tried: boolean;
	readonly onChange: (value: Verdict<V>) => void;
	/** What belongs to the verdict, between it and the note. */
	readonly children?: ReactNode;
}

export const isWhole = ({ verdict, reason, note }: Verdict<string>): boolean =>
	verdict !== null && (verdict !== "rejected" || (reason !== null && (reason !== "other" || note.trim() !== "")));

/** What is said, and for what is rejected why. */
export function VerdictFields<V extends "true" | "false_alarm" | "rejected">({
	step,
	verdicts,
	value,
	tried,
	onChange,
	children,
}: VerdictFieldsProps<V>) {
	const { t } = useTranslation();
	const word = (verdict: V) =>
		step === "approval"
			? t(verdict === "rejected" ? "review.approval_rejected" : "review.approval_true")
			: t(`review.confirmation_${verdict}`);
	return (
		<>
			<fieldset className="verdicts">
				<legend>{t("review.verdict")}</legend>
				{verdicts.map((verdict) => (
					<label key={verdict} className="check">
						<input
							type="radio"
							name={`${step}-verdict`}
							value={verdict}
							checked={value.verdict === verdict}
							data-testid={`${step}-${verdict}`}
							onChange={() => onChange({ ...value, verdict, reason: verdict === "rejected" ? value.reason : null })}
						/>
						{word(verdict)}
					</label>
				))}
			</fieldset>
			{value.verdict === "rejected" && (
				<ReasonField
					value={value.reason}
					error={tried && value.reason === null ? t("review.reasonChoose") : null}
					onChange={(reason) => onChange({ ...value, reason })}
				/>
			)}
			{children}
			<Field
				label={value.reason === "other" ? t("review.noteNeeded") : t("review.note")}
				error={tried && value.reason === "other" && value.note.trim() === "" ? t("review.noteNeeded") : null}
			>
				{(tied) => (
					<input
						{...tied}
						name={`${step}-note`}
						maxLength={500}
						autoComplete="off"
						value={value.note}
						onChange={(event) => onChange({ ...value, note: event.target.value })}
					/>
				)}
			</Field>
		</>
	);
}

interface ReasonFieldProps {
	readonly value: RejectReason | null;
	readonly error: string | null;
	readonly onChange: (reason: RejectReason | null) => void;
}

/** The reasons of article 22, in its order. */
export function ReasonField({ value, error, onChange }: ReasonFieldProps) {
	const { t } = useTranslation();
	return (
		<Field label={t("review.reason")} error={error}>
			{(tied) => (
				<select
					{...tied}
					name="reject-reason"
					value={value ?? ""}
					onChange={(event) => onChange(rejectReasons.find((each) => each === event.target.value) ?? null)}
				>
					<option value="">{t("review.reasonChoose")}</option>
					{rejectReasons.map((reason) => (
						<option key={reason} value={reason}>
							{t(`review.reason_${reason}`)}
						</option>
					))}
				</select>
			)}
		</Field>
	);
}
