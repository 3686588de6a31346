import { notAllowed, type Refusal } from '../broker/refusal.ts';

export const noRulesHere = (): Refusal => notAllowed('Only a subscription has rules.');
