/** What the null checker must refuse: the build compiles it and expects to fail. Part of no jar. */
@NullMarked
package dev.rollcall.planted;

import org.jspecify.annotations.NullMarked;
