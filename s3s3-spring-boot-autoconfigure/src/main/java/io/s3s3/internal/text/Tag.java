package io.s3s3.internal.text;

import java.util.Locale;

/**
 * Names constants as logs, meters and properties do.
 */
public abstract class Tag {

	/**
	 * Return the name of a constant in lower case with hyphens.
	 * @return for instance {@code no-such-bucket}
	 */
	public static String of(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
