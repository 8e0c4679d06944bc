/** A name as one says it. */
import { t } from './words.js';

/** sensei, san, chan, kun, sama, shi: names that bring their title along. */
const TITLED = /(\u5148\u751f|\u3055\u3093|\u3061\u3083\u3093|\u304f\u3093|\u541b|\u69d8|\u3055\u307e|\u6c0f)$/;

/** Some languages do not say a name bare. @param {string} name */
export const called = (name) => (TITLED.test(name) ? name : t('{name}', { name }));
