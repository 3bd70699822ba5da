package io.s3s3.autoconfigure;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import software.amazon.awssdk.core.SdkPlugin;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.identity.spi.ResolveIdentityRequest;
import software.amazon.awssdk.services.s3.S3ServiceClientConfiguration;

/**
 * Lets a credentials provider fail as those of the SDK do. What a provider of the
 * application throws would otherwise look like an error of the caller, though the
 * credentials of the other location may be good.
 */
final class GuardedCredentials implements IdentityProvider<AwsCredentialsIdentity> {

	private final IdentityProvider<? extends AwsCredentialsIdentity> delegate;

	GuardedCredentials(IdentityProvider<? extends AwsCredentialsIdentity> delegate) {
		this.delegate = delegate;
	}

	/**
	 * Return what guards the provider of a client, wherever that comes from.
	 * @return the plugin
	 */
	static SdkPlugin plugin() {
		return (configuration) -> {
			if (configuration instanceof S3ServiceClientConfiguration.Builder s3 && s3.credentialsProvider() != null) {
				s3.credentialsProvider(new GuardedCredentials(s3.credentialsProvider()));
			}
		};
	}

	@Override
	public Class<AwsCredentialsIdentity> identityType() {
		return AwsCredentialsIdentity.class;
	}

	@Override
	public CompletableFuture<? extends AwsCredentialsIdentity> resolveIdentity(ResolveIdentityRequest request) {
		try {
			return guarded(this.delegate.resolveIdentity(request));
		}
		catch (RuntimeException ex) {
			throw asSdkException(ex);
		}
	}

	private static <T extends AwsCredentialsIdentity> CompletableFuture<T> guarded(CompletableFuture<T> identity) {
		return identity.exceptionallyCompose((error) -> CompletableFuture.failedFuture(asSdkException(
				(error instanceof CompletionException && error.getCause() != null) ? error.getCause() : error)));
	}

	private static SdkException asSdkException(Throwable error) {
		return (error instanceof SdkException exception) ? exception
				: SdkClientException.create("Unable to load the credentials of the location", error);
	}

	@Override
	public String toString() {
		return "GuardedCredentials";
	}

}
