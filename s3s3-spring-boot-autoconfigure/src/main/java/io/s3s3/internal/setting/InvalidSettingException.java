package io.s3s3.internal.setting;

import org.jspecify.annotations.Nullable;

/**
 * A setting has a value that cannot work.
 */
public final class InvalidSettingException extends IllegalArgumentException {

	private final String name;

	private final transient @Nullable Object value;

	private final String rule;

	InvalidSettingException(String name, @Nullable Object value, String rule) {
		super(name + " is " + value + ". " + rule);
		this.name = name;
		this.value = value;
		this.rule = rule;
	}

	/**
	 * Return the name of the property that sets it.
	 */
	public String getName() {
		return this.name;
	}

	/**
	 * Return the value.
	 */
	public @Nullable Object getValue() {
		return this.value;
	}

	/**
	 * Return what the value must be.
	 */
	public String getRule() {
		return this.rule;
	}

}
