import { useTranslation } from "react-i18next";
import type { ReviewAnswer } from "#contract/reviews-api.ts";
import { Icon } from "../../components/icon.tsx";

/** From here on a character is taken for sure. */
const sureFrom = 0.9;

/** The plate in large letters: as it was confirmed, else as it was read, with what is doubtful marked by more than colour. */
export function PlateLetters({ review }: { readonly review: ReviewAnswer }) {
	const { t } = useTranslation();
	const { confirmation, proposal } = review;
	const confirmed = confirmation?.plate ?? null;
	if (confirmed) {
		return (
			<p className="plate" data-testid="plate" data-confirmed="true">
				<Letters text={confirmed.text} colour={confirmed.colour} />
				<span className="plate-word">
					<Icon name="check" size={16} />
					{t("review.plateConfirmed")} · {t(`review.colour_${confirmed.colour}`)}
				</span>
			</p>
		);
	}
	return (
		<p className="plate" data-testid="plate" data-confirmed="false">
			{proposal && <Letters {...proposal} />}
			<span className="plate-word soft">
				{confirmation?.verdict === "true"
					? t("review.plateUnconfirmed")
					: proposal
						? t("review.plateProposal")
						: t("review.plateNone")}
			</span>
		</p>
	);
}

interface LettersProps {
	readonly text: string;
	readonly colour: string;
	readonly characters?: readonly { readonly char: string; readonly confidence: number }[];
}

export function Letters({ text, colour, characters = [] }: LettersProps) {
	const { t } = useTranslation();
	const letters = [...text];
	const known = characters.length === letters.length ? characters : [];
	return (
		<span className={`plate-letters plate-${colour}`} role="img" aria-label={text}>
			{letters.map((letter, i) => {
				const read = known[i];
				const isSure = !read || (read.confidence >= sureFrom && letter !== "-");
				const percent = Math.round((read?.confidence ?? 1) * 100);
				return (
					<span
						key={i}
						className={isSure ? "plate-letter" : "plate-letter plate-unsure"}
						title={isSure ? undefined : t("review.unsure", { char: read.char, percent })}
					>
						{letter}
						{!isSure && <small className="digits">{percent}</small>}
					</span>
				);
			})}
		</span>
	);
}
