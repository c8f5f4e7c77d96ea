/** For those who read what happened: outcomes, reports of cycles, plans. */
@NullMarked
package dev.fluke.report;

import org.jspecify.annotations.NullMarked;
