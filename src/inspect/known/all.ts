import type { KnownLayout } from '../known-layout.ts';
import { aspnet } from './aspnet.ts';
import { devise } from './devise.ts';
import { django } from './django.ts';
import { drupal } from './drupal.ts';
import { joomla } from './joomla.ts';
import { laravel } from './laravel.ts';
import { magento } from './magento.ts';
import { mediawiki } from './mediawiki.ts';
import { moodle } from './moodle.ts';
import { mybb } from './mybb.ts';
import { nextcloud } from './nextcloud.ts';
import { opencart } from './opencart.ts';
import { phpbb } from './phpbb.ts';
import { prestashop } from './prestashop.ts';
import { symfony } from './symfony.ts';
import { vbulletin } from './vbulletin.ts';
import { wordpress } from './wordpress.ts';

/** Every layout that is known at sight. No table is of two. */
export const KNOWN_LAYOUTS: readonly KnownLayout[] = [
  wordpress,
  laravel,
  ...django,
  ...drupal,
  joomla,
  ...magento,
  phpbb,
  ...vbulletin,
  mybb,
  ...aspnet,
  devise,
  ...symfony,
  moodle,
  mediawiki,
  opencart,
  prestashop,
  nextcloud,
];
