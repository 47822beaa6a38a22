/** Inputs of one value: loaded together with the first form. */
export { BooleanInput, MultiSelectInput, SelectInput, TagsInput } from './ChoiceInput.tsx';
export { LunarDateInput } from './LunarDateInput.tsx';
export { MoneyInput, NumberInput, RatingInput } from './NumberInput.tsx';
export { ComputedInput, EmailInput, LongTextInput, PhoneInput, TextInput, UrlInput } from './TextInput.tsx';
export { DateInput, DateTimeInput, TimeSpanInput } from './TimeInput.tsx';
