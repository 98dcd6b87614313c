/** What the pages do beyond links and forms. Without it they work; with it they are quicker. */
import './styles.css';
import { watchCopy } from './copy.ts';
import { watchKeep } from './keep.ts';
import { watchKeys } from './keys.ts';
import { watchSearch } from './live-search.ts';
import { watchPaste } from './paste.ts';
import { watchTheme } from './theme-switch.ts';
import { watchYears } from './years.ts';

watchTheme();
watchKeys();
watchSearch();
watchYears();
watchPaste();
watchCopy();
watchKeep();
