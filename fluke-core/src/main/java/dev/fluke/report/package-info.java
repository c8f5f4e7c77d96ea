/** What happened, and how the fleet is: reports of cycles, plans, and the status. */
@NullMarked
package dev.fluke.report;

import org.jspecify.annotations.NullMarked;
