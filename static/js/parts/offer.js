import { nothing } from 'lit-html';

export const offerCard = () => nothing;
